package dev.edo.examples.echo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON without arrays, strictly (RFC 8259): to see that what we write is well-formed. */
final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Map<String, @Nullable Object> object(String text) {
        var reader = new JsonReader(text);
        var object = reader.object();
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.malformed("the end");
        }
        return object;
    }

    private Map<String, @Nullable Object> object() {
        var object = new LinkedHashMap<String, @Nullable Object>();
        expect('{');
        if (peek() == '}') {
            at++;
            return object;
        }
        for (;;) {
            String name = string();
            expect(':');
            if (object.containsKey(name)) {
                throw malformed("a name that is new");
            }
            object.put(name, value());
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        for (;;) {
            char c = next();
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw malformed("an escaped control character");
            }
            if (c != '\\') {
                string.append(c);
                continue;
            }
            switch (next()) {
                case '"' -> string.append('"');
                case '\\' -> string.append('\\');
                case 'n' -> string.append('\n');
                case 'u' -> {
                    string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> throw malformed("an escape");
            }
        }
    }

    private Double number() {
        var matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw malformed("a value");
        }
        at = matcher.end();
        return Double.valueOf(matcher.group());
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw malformed(word);
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed("'" + c + "'");
        }
        at++;
    }

    private char peek() {
        skipSpace();
        if (at == text.length()) {
            throw malformed("more");
        }
        return text.charAt(at);
    }

    private char next() {
        if (at == text.length()) {
            throw malformed("more");
        }
        return text.charAt(at++);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException malformed(String expected) {
        return new IllegalArgumentException("expected " + expected + " at " + at + ": " + text);
    }
}
