import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/pages.css";
import "./styles/prose.css";
import "./styles/bench.css";
import "./styles/cluster.css";

import "./elements/command";
import "./elements/manifest";
import "./elements/quiz";
import "./elements/panes";
import "./elements/checks";
import "./elements/cluster";

// The terminal and the editor are large: a page that has none does not load them.
const large: Record<string, () => Promise<unknown>> = {
  "dd-terminal": () => import("./elements/terminal"),
  "dd-editor": () => import("./elements/editor"),
};

for (const [tag, load] of Object.entries(large)) {
  if (document.querySelector(tag)) void load();
}
