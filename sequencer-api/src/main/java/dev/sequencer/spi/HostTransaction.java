package dev.sequencer.spi;

/**
 * A transaction of the host in which write verbs take part. Stores that support it have an
 * implementation, such as {@code JdbcTransaction}; the API knows no SQL.
 */
public interface HostTransaction {}
