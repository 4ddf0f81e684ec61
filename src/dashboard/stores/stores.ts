import { createMarathonStore, type MarathonStore, type MarathonStoreOptions } from "./marathon-store.ts";
import { createMarkStore, type MarkStore } from "./mark-store.ts";
import { createPaneStore, type PaneStore } from "./pane-store.ts";
import { createViewStore, type ViewStore, type ViewStoreOptions } from "./view-store.ts";

export interface Stores {
  readonly marathon: MarathonStore;
  readonly view: ViewStore;
  readonly panes: PaneStore;
  readonly marks: MarkStore;
}

export function createStores(options: MarathonStoreOptions & ViewStoreOptions): Stores {
  return {
    marathon: createMarathonStore(options),
    view: createViewStore(options),
    panes: createPaneStore(),
    marks: createMarkStore(),
  };
}
