/** What the recorded documents mean, figure by figure: documents-in-full.ts, which cannot even be loaded without them. */
import { test } from "vitest";
import { hasDocuments } from "../support/documents.ts";

if (hasDocuments()) await import("./documents-in-full.ts");
else test.skip("the recorded documents mean what the requirements say");
