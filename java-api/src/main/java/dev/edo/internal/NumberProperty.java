package dev.edo.internal;

/** A whole number that a system property says. */
public final class NumberProperty {
    private NumberProperty() {}

    /**
     * Reads a property.
     *
     * @param name of the property
     * @param unset what there is without it
     * @param least the least number that is accepted
     * @param most the largest one
     * @return the number
     * @throws IllegalArgumentException where the property is none of these numbers; names it, its value and what to do
     */
    public static long read(String name, long unset, long least, long most) {
        var value = System.getProperty(name);
        if (value == null) {
            return unset;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // says no more than the message below
        }
        throw new IllegalArgumentException("system property " + name + "=" + value + ": expected a number from "
                + least + " to " + most + "; correct -D" + name + ", or leave it out");
    }

    /**
     * Reads a property, as {@link #read(String, long, long, long)}.
     *
     * @param name of the property
     * @param unset what there is without it
     * @param least the least number that is accepted
     * @param most the largest one
     * @return the number
     * @throws IllegalArgumentException where the property is none of these numbers
     */
    public static int read(String name, int unset, int least, int most) {
        return (int) read(name, (long) unset, least, most);
    }
}
