package dev.drydock.server.terminal;

import java.nio.file.Path;

/// What a shell is to see.
///
/// @param home the learner's folder, the only one it may write
/// @param folder where it starts, below home
/// @param kubectl the program
/// @param startup what the shell reads first
record ShellPlan(Path home, String folder, Path kubectl, Path startup) {}
