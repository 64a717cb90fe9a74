package dev.edo.examples;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** A command line of the form {@code --name value} or {@code --name=value}. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a command line.
     *
     * @param defaults the names that there are, and what each is when it is not given
     * @param arguments the command line
     * @return the arguments
     * @throws IllegalArgumentException when one is unknown or has no value
     */
    public static Arguments parse(Map<String, String> defaults, String... arguments) {
        var values = new HashMap<>(defaults);
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!defaults.containsKey(name)) {
                throw new IllegalArgumentException("unknown argument " + argument + "; use one of "
                        + new TreeSet<>(defaults.keySet()) + " or --help");
            }
            if (equals < 0 && ++i == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value, such as " + defaults.get(name));
            }
            values.put(name, equals < 0 ? arguments[i] : argument.substring(equals + 1));
        }
        return new Arguments(values);
    }

    /** The value of an argument that there is. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    name + " is no argument of this program; there are " + values.keySet());
        }
        return value;
    }

    /** The value of an argument that is a whole number in a range. */
    public int number(String name, int least, int most) {
        String text = text(name);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        throw new IllegalArgumentException(
                name + " " + text + ": use a whole number, " + least + " to " + most);
    }
}
