/// Finds the kubectl that the workbook uses, and fetches the pinned one when it is missing.
@NullMarked
package dev.drydock.server.kubectl;

import org.jspecify.annotations.NullMarked;
