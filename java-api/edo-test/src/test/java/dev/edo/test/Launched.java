package dev.edo.test;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs one test, as a build does, and tells how it went. */
final class Launched {
    private Launched() {}

    static String outcome(Class<?> type, String method) {
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(type, method)).build();
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        var summary = listener.getSummary();
        if (summary.getTestsFoundCount() != 1) {
            throw new AssertionError("tests found=" + summary.getTestsFoundCount() + ": " + method);
        }
        return summary.getFailures().stream()
                .map(failure -> failure.getException().toString())
                .findFirst()
                .orElse(summary.getTestsSucceededCount() == 1 ? "passed" : "aborted");
    }
}
