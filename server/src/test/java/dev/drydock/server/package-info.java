/// Tests of the workbook over HTTP and WebSocket, and in a real browser.
@NullMarked
package dev.drydock.server;

import org.jspecify.annotations.NullMarked;
