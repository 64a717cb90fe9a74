package dev.edo.io;

/**
 * The two ends of a pipe in memory; see {@link Io#simplex(int)}.
 *
 * <pre>{@code
 * var pipe = Io.simplex(4096);
 * pipe.writer().writeU16(7).await();
 * assert pipe.reader().readU16().await() == 7;
 * }</pre>
 *
 * @param reader reads what was written
 * @param writer writes
 */
public record Simplex(SimplexReader reader, SimplexWriter writer) {}
