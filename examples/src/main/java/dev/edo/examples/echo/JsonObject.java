package dev.edo.examples.echo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A JSON object that is being written (RFC 8259), on one line. */
final class JsonObject {
    private final StringBuilder members = new StringBuilder();

    /**
     * Adds a member.
     *
     * @param name not used before
     * @param value a number, a boolean, an object, null, or anything else as a string
     * @return this
     * @throws IllegalArgumentException when it is a number that JSON does not have
     */
    JsonObject put(String name, @Nullable Object value) {
        if (!members.isEmpty()) {
            members.append(", ");
        }
        appendString(name);
        members.append(": ");
        switch (value) {
            case null -> members.append("null");
            case Double number when !Double.isFinite(number) ->
                    throw new IllegalArgumentException(name + "=" + number + ": not a JSON number");
            case Double number -> members.append(String.format(Locale.ROOT, "%.3f", number));
            case Number number -> members.append(number);
            case Boolean bool -> members.append(bool);
            case JsonObject object -> members.append(object);
            default -> appendString(value.toString());
        }
        return this;
    }

    @Override
    public String toString() {
        return "{" + members + "}";
    }

    private void appendString(String text) {
        members.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                members.append('\\').append((char) c);
            } else if (c < ' ' || Character.isSurrogate((char) c)) {
                members.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                members.append((char) c);
            }
        });
        members.append('"');
    }
}
