package dev.edo.impl.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.task.LocalPoolHandle;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever the API gives one to wait for is in a catalogue, or is exempt for a written reason. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletenessTest {
    private final RuntimeWorld world = new RuntimeWorld();
    private final LocalPoolHandle pool = new LocalPoolHandle(1);
    private Set<String> listed = Set.of();
    private List<ApiMethods.ApiMethod> methods = List.of();

    @BeforeAll
    void collect() throws IOException {
        listed = Catalogues.all(world, pool).map(Catalogue.Entry::method).collect(Collectors.toSet());
        methods = ApiMethods.all();
    }

    @AfterAll
    void stop() {
        pool.close();
        world.close();
    }

    @Test
    void everything_that_can_be_waited_for_is_in_a_catalogue() {
        var missing = new TreeSet<String>();
        for (var method : methods) {
            var name = method.name();
            if (!listed.contains(name) && !Exempt.REASONS.containsKey(name) && !method.isPollOfFuture()) {
                missing.add(name);
            }
        }
        assertEquals(Set.of(), missing, "methods without an entry: add one, or a reason to Exempt");
    }

    @Test
    void each_entry_is_of_a_method_that_there_is() {
        var unknown = new TreeSet<>(listed);
        for (var method : methods) {
            unknown.remove(method.name());
        }
        assertEquals(Set.of(), unknown, "entries whose name is none of the API's");
    }

    /** What an entry names must at least be called somewhere among the catalogues. */
    @Test
    void each_entry_calls_its_method() throws IOException {
        var calls = new CatalogueCalls();
        var uncalled = new TreeSet<String>();
        for (var method : methods) {
            if (listed.contains(method.name()) && !calls.include(method)) {
                uncalled.add(method.name());
            }
        }
        assertEquals(Set.of(), uncalled, "entries of methods that no catalogue calls");
    }

    @Test
    void no_exemption_is_superfluous() {
        var names = methods.stream().collect(Collectors.groupingBy(ApiMethods.ApiMethod::name, Collectors.counting()));
        var superfluous = new TreeSet<String>();
        for (var name : Exempt.REASONS.keySet()) {
            if (!names.containsKey(name) || listed.contains(name)) {
                superfluous.add(name);
            }
        }
        assertEquals(Set.of(), superfluous, "exempt, but in a catalogue or not in the API");
    }

    /** Names are short: two methods of one name would hide each other. */
    @Test
    void each_method_has_a_name_of_its_own() {
        var twice = methods.stream().collect(Collectors.groupingBy(ApiMethods.ApiMethod::name, Collectors.counting()));
        twice.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), twice);
        assertTrue(methods.size() > 400, "methods found: " + methods.size());
    }
}
