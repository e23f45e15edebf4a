package dev.sequencer.jdbc.internal.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a file is used.
 *
 * @param file the file, absolute
 * @param prefix what the names of all tables begin with
 * @param busyTimeout how long another process may hold the file before a call gives up
 * @param maxPageCount how many pages the file may have; empty for no limit
 */
public record SqliteOptions(
    Path file, String prefix, Duration busyTimeout, OptionalLong maxPageCount) {}
