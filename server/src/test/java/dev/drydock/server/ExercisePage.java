package dev.drydock.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/// The page of an exercise, as a learner handles it.
record ExercisePage(Page page) {
  static ExercisePage open(Page page, WorkbookServer workbook, String exercise) {
    page.navigate(workbook.address().resolve("/exercises/" + exercise).toString());
    ExercisePage opened = new ExercisePage(page);
    opened.awaitSaved();
    return opened;
  }

  ExercisePage write(String text) {
    page.locator("dd-editor .cm-content").click();
    page.keyboard().press("Control+a");
    page.keyboard().insertText(text);
    awaitSaved();
    return this;
  }

  void awaitSaved() {
    assertThat(page.locator("dd-editor .kept")).hasText("Saved");
  }

  ExercisePage type(String command) {
    terminalShows("$");
    page.locator("dd-terminal .xterm-screen").click();
    page.keyboard().type(command);
    page.keyboard().press("Enter");
    return this;
  }

  ExercisePage terminalShows(String text) {
    assertThat(page.locator("dd-terminal .xterm-rows")).containsText(text);
    return this;
  }

  ExercisePage apply() {
    button("Apply").click();
    return this;
  }

  ExercisePage appliedShows(String text) {
    assertThat(page.locator(".applied pre")).containsText(text);
    return this;
  }

  ExercisePage check() {
    button("Check").click();
    return this;
  }

  ExercisePage summaryShows(String text) {
    assertThat(page.locator(".checks-summary")).containsText(text);
    return this;
  }

  Locator check(String id) {
    return page.locator("[data-check='" + id + "']");
  }

  Locator pod(String name) {
    return page.locator("dd-cluster [data-pod='" + name + "']");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
