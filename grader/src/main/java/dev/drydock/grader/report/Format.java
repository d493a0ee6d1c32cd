package dev.drydock.grader.report;

/// The formats of reports, by the words of the command line.
public enum Format {
  TEXT,
  JSON,
  JUNIT,
  GRADESCOPE,
  GITHUB;

  /// @param colour and the width matter to text alone
  public ReportFormat create(boolean colour, int columns) {
    return switch (this) {
      case TEXT -> new TextReport(colour, columns);
      case JSON -> new JsonReport();
      case JUNIT -> new JunitXmlReport();
      case GRADESCOPE -> new GradescopeReport();
      case GITHUB -> new GithubClassroomReport();
    };
  }
}
