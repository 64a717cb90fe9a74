/**
 * For tests of programs that use Edo: runtimes for JUnit tests, futures polled by hand, scripted
 * I/O and streams.
 */
module dev.edo.test {
    requires transitive dev.edo;
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;

    exports dev.edo.test;
}
