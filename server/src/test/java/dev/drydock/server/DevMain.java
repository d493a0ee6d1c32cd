package dev.drydock.server;

import java.nio.file.Path;

final class DevMain {
  public static void main(String[] args) throws Exception {
    long t = System.nanoTime();
    WorkbookServer s =
        args.length > 1 && args[1].equals("real")
            ? WorkbookServer.start(TestWorkbook.options(Path.of(args[0]), null))
            : TestWorkbook.still(Path.of(args[0]), args.length > 2 ? args[2] : null);
    System.out.println(s.address() + " after " + (System.nanoTime() - t) / 1000000 + " ms");
    Thread.currentThread().join();
  }
}
