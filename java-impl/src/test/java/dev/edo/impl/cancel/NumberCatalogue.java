package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Numbers, which come and go byte by byte: whoever gives up half-way has taken and given that half, and no more. */
final class NumberCatalogue extends Catalogue {
    /** 16 bytes that are all different. */
    private static final String BYTES = "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20";

    NumberCatalogue() {
        reads();
        writes();
    }

    private void reads() {
        read("U8", 1, AsyncRead::readU8);
        read("I8", 1, AsyncRead::readI8);
        read("U16", 2, AsyncRead::readU16);
        read("U16Le", 2, AsyncRead::readU16Le);
        read("I16", 2, AsyncRead::readI16);
        read("I16Le", 2, AsyncRead::readI16Le);
        read("U32", 4, AsyncRead::readU32);
        read("U32Le", 4, AsyncRead::readU32Le);
        read("I32", 4, AsyncRead::readI32);
        read("I32Le", 4, AsyncRead::readI32Le);
        read("U64", 8, AsyncRead::readU64);
        read("U64Le", 8, AsyncRead::readU64Le);
        read("I64", 8, AsyncRead::readI64);
        read("I64Le", 8, AsyncRead::readI64Le);
        read("U128", 16, AsyncRead::readU128);
        read("U128Le", 16, AsyncRead::readU128Le);
        read("I128", 16, AsyncRead::readI128);
        read("I128Le", 16, AsyncRead::readI128Le);
        read("F32", 4, AsyncRead::readF32);
        read("F32Le", 4, AsyncRead::readF32Le);
        read("F64", 8, AsyncRead::readF64);
        read("F64Le", 8, AsyncRead::readF64Le);
    }

    private void read(String name, int bytes, Function<AsyncRead, Future<? extends Number>> read) {
        var text = BYTES.substring(0, bytes);
        add("AsyncRead.read" + name + "()", () -> {
            var feed = Feed.byByte(text);
            var number = read.apply(feed.reader()).map(NumberCatalogue::bits);
            return feed.readBy(number, feed.reader(), valueOf(name, text));
        });
    }

    private static BigInteger bits(Number number) {
        return switch (number) {
            case BigInteger big -> big;
            case Float real -> BigInteger.valueOf(Float.floatToRawIntBits(real));
            case Double real -> BigInteger.valueOf(Double.doubleToRawLongBits(real));
            default -> BigInteger.valueOf(number.longValue());
        };
    }

    private static BigInteger valueOf(String name, String text) {
        var inOrder = name.endsWith("Le") ? new StringBuilder(text).reverse().toString() : text;
        return new BigInteger(inOrder.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void writes() {
        write("U8(int)", 1, (sink, value) -> sink.writeU8(value.intValue()));
        write("I8(int)", 1, (sink, value) -> sink.writeI8(value.intValue()));
        write("U16(int)", 2, (sink, value) -> sink.writeU16(value.intValue()));
        write("U16Le(int)", 2, (sink, value) -> sink.writeU16Le(value.intValue()));
        write("I16(int)", 2, (sink, value) -> sink.writeI16(value.intValue()));
        write("I16Le(int)", 2, (sink, value) -> sink.writeI16Le(value.intValue()));
        write("U32(long)", 4, (sink, value) -> sink.writeU32(value.longValue()));
        write("U32Le(long)", 4, (sink, value) -> sink.writeU32Le(value.longValue()));
        write("I32(int)", 4, (sink, value) -> sink.writeI32(value.intValue()));
        write("I32Le(int)", 4, (sink, value) -> sink.writeI32Le(value.intValue()));
        write("U64(long)", 8, (sink, value) -> sink.writeU64(value.longValue()));
        write("U64Le(long)", 8, (sink, value) -> sink.writeU64Le(value.longValue()));
        write("I64(long)", 8, (sink, value) -> sink.writeI64(value.longValue()));
        write("I64Le(long)", 8, (sink, value) -> sink.writeI64Le(value.longValue()));
        write("U128(BigInteger)", 16, AsyncWrite::writeU128);
        write("U128Le(BigInteger)", 16, AsyncWrite::writeU128Le);
        write("I128(BigInteger)", 16, AsyncWrite::writeI128);
        write("I128Le(BigInteger)", 16, AsyncWrite::writeI128Le);
        write("F32(float)", 4, (sink, value) -> sink.writeF32(Float.intBitsToFloat(value.intValue())));
        write("F32Le(float)", 4, (sink, value) -> sink.writeF32Le(Float.intBitsToFloat(value.intValue())));
        write("F64(double)", 8, (sink, value) -> sink.writeF64(Double.longBitsToDouble(value.longValue())));
        write("F64Le(double)", 8, (sink, value) -> sink.writeF64Le(Double.longBitsToDouble(value.longValue())));
    }

    /** Writes a number. */
    @FunctionalInterface
    private interface Write {
        Future<@Nullable Void> to(AsyncWrite sink, BigInteger value);
    }

    private void write(String signature, int bytes, Write write) {
        var text = BYTES.substring(0, bytes);
        var value = valueOf(signature.substring(0, signature.indexOf('(')), text);
        add("AsyncWrite.write" + signature, () -> {
            var drain = new Drain();
            return drain.writtenBy(write.to(drain.writer(), value), text);
        });
    }
}
