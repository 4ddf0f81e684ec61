/** The hierarchy as a page: its figures with their formulas, who spawned whom against it, and who owns what. */
import { hierarchyPage } from "../../marathon/hierarchy-page.ts";
import { plain } from "../format.ts";
import type { ActionParts } from "./create.ts";

export interface HierarchyActions {
  openHierarchy(): void;
}

export function hierarchyActions({ stores: { view, marathon } }: ActionParts): HierarchyActions {
  return {
    openHierarchy() {
      const { state } = marathon.getState();
      if (!state) return;
      const body = hierarchyPage(state, marathon.now()).flatMap(({ title, lines }, index) => [
        ...(index === 0 ? [] : [""]),
        title,
        ...lines.map((line) => `  ${plain(line)}`),
      ]);
      view.setState({ overlay: { kind: "notice", title: "Hierarchy", body, scroll: 0 } });
    },
  };
}
