package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Position;

/**
 * How far the store is.
 *
 * @param position its history and its newest begin
 * @param definitions the definitions' revision
 */
record Progress(Position position, long definitions) {
  static Progress read(Tx tx) {
    return tx.query(Sql.STORE_PROGRESS)
        .map(
            (row, context) ->
                new Progress(
                    new Position(row.getString(1), Millis.optional(row, 3)), row.getLong(2)))
        .one();
  }
}
