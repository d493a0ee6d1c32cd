/**
 * A question of a lesson. The server writes the question, its answers and, under a fold, what to think of each;
 * this element asks first and explains the chosen answer after.
 */
export class DdQuiz extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const fold = this.querySelector("details");
    const verdict = this.querySelector<HTMLElement>("[data-verdict]");
    const button = this.querySelector("button");
    if (!form || !fold || !verdict || !button) return;
    button.hidden = false;
    fold.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = form.querySelector<HTMLInputElement>("input:checked");
      if (!chosen) {
        verdict.textContent = "Choose an answer first.";
        verdict.dataset["outcome"] = "waiting";
        return;
      }
      const right = chosen.dataset["right"] === "true";
      const why = this.querySelector(`[data-explains="${chosen.value}"]`)?.textContent ?? "";
      verdict.dataset["outcome"] = right ? "passed" : "failed";
      verdict.textContent = `${right ? "Right." : "Not this one."} ${why}`;
      fold.hidden = !right;
    });
  }
}

customElements.define("dd-quiz", DdQuiz);
