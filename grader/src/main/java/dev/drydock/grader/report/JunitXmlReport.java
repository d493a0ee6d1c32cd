package dev.drydock.grader.report;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Reports as JUnit XML, in the form that Ant's task began and every CI reads: a suite is a
/// submission, a case is a check. Times are those of the cluster's clock.
public final class JunitXmlReport implements ReportFormat {

  @Override
  public void write(ImmutableList<Report> reports, OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      for (Report report : reports) {
        suite(xml, report);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.writeCharacters("\n");
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void suite(XMLStreamWriter xml, Report report) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", report.exercise().value());
    attribute(xml, "tests", Integer.toString(report.checks().size()));
    attribute(xml, "failures", count(report, Verdict.Failed.class::isInstance));
    attribute(xml, "errors", count(report, Verdict.Errored.class::isInstance));
    attribute(xml, "skipped", count(report, Verdict.Skipped.class::isInstance));
    attribute(xml, "time", Long.toString(report.clusterTime().toSeconds()));
    properties(xml, report);
    for (CheckResult check : report.checks()) {
      testCase(xml, report, check);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static String count(Report report, Predicate<Verdict> wanted) {
    return Long.toString(
        report.checks().stream().filter(check -> wanted.test(check.verdict())).count());
  }

  private static void properties(XMLStreamWriter xml, Report report) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("properties");
    property(xml, "submission", report.submission());
    property(xml, "points", Integer.toString(report.points()));
    property(xml, "pointsMax", Integer.toString(report.pointsMax()));
    xml.writeCharacters("\n    ");
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeCharacters("\n      ");
    xml.writeEmptyElement("property");
    attribute(xml, "name", name);
    attribute(xml, "value", value);
  }

  private static void testCase(XMLStreamWriter xml, Report report, CheckResult check)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    attribute(xml, "classname", report.exercise().value());
    attribute(xml, "name", check.id());
    attribute(xml, "time", "0");
    switch (check.verdict()) {
      case Verdict.Passed _ -> {}
      case Verdict.Failed failed -> element(xml, "failure", failed.message(), Words.plain(failed));
      case Verdict.Errored(String message) -> element(xml, "error", message, message);
      case Verdict.Skipped(String reason) -> element(xml, "skipped", reason, "");
    }
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String message, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    attribute(xml, "message", message);
    xml.writeCharacters(XmlText.allowed(text));
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, XmlText.allowed(value));
  }

  /// XML 1.0 has no way to write most control characters, not even as references.
  private static final class XmlText {
    static String allowed(String text) {
      StringBuilder allowed = new StringBuilder(text.length());
      text.codePoints().map(XmlText::allowed).forEach(allowed::appendCodePoint);
      return allowed.toString();
    }

    private static int allowed(int c) {
      boolean fine =
          c == '\t'
              || c == '\n'
              || c == '\r'
              || (c >= 0x20 && c <= 0xD7FF)
              || (c >= 0xE000 && c <= 0xFFFD)
              || c >= 0x10000;
      return fine ? c : 0xFFFD;
    }
  }
}
