package dev.drydock.grader.report;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.Report;
import java.io.IOException;
import java.io.OutputStream;

/// Writes the reports of one run: one submission or many.
public interface ReportFormat {
  /// Writes UTF-8; the stream stays open.
  void write(ImmutableList<Report> reports, OutputStream out) throws IOException;
}
