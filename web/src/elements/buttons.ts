import { css } from "lit";

/** The row of small buttons under a block of a lesson. */
export const buttons = css`
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.4rem;
    margin-block-start: 0.4rem;
    font-family: var(--sans);
  }
  button {
    font: 500 0.8125rem/1.4 var(--sans);
    padding: 0.2rem 0.6rem;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    background: var(--raised);
    color: var(--accent);
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
  }
  button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .said {
    font: 0.8125rem/1.4 var(--sans);
    color: var(--ink-2);
  }
  .said.trouble {
    color: var(--failed);
  }
`;
