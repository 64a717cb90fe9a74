package dev.edo.impl.contract;

/** Which platform thread carries the caller, as the JDK prints it. */
final class CarrierName {
    private CarrierName() {}

    /** {@code VirtualThread[#30]/runnable@edo-worker-0} gives {@code edo-worker-0}. */
    static String ofTheCaller() {
        var text = Thread.currentThread().toString();
        return text.substring(text.lastIndexOf('@') + 1);
    }
}
