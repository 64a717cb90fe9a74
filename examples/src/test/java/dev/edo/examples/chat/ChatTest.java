package dev.edo.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.examples.Client;
import dev.edo.examples.LocalServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChatTest {
    private static void enter(Client client, String name) throws IOException {
        assertEquals("What is your name?", client.line());
        client.send(name + "\n");
    }

    @Test
    void whatOneSaysAllOthersHear() throws Exception {
        var chat = new Chat();
        try (var server = new LocalServer(chat::serve);
                var ann = server.connect();
                var bob = server.connect()) {
            enter(ann, "ann");
            assertEquals("Here are: ann", ann.line());
            enter(bob, " bob ");
            assertEquals("* bob has come", ann.line());
            var present = bob.line(); // in any order
            assertTrue(present.equals("Here are: ann, bob") || present.equals("Here are: bob, ann"), present);
            try (var cleo = server.connect()) {
                enter(cleo, "cleo");
                cleo.line();
                assertEquals("* cleo has come", ann.line());
                assertEquals("* cleo has come", bob.line());
                ann.send("hello\nall\n");
                for (var other : new Client[] {bob, cleo}) {
                    assertEquals("[ann] hello", other.line());
                    assertEquals("[ann] all", other.line());
                }
            }
            assertEquals("* cleo has left", ann.line());
            assertEquals("* cleo has left", bob.line());
        }
    }

    @Test
    void aNameIsTakenUntilItsOwnerLeaves() throws Exception {
        var chat = new Chat();
        try (var server = new LocalServer(chat::serve); var watcher = server.connect()) {
            enter(watcher, "watcher");
            watcher.line();
            try (var ann = server.connect(); var impostor = server.connect()) {
                enter(ann, "ann");
                assertEquals("* ann has come", watcher.line());
                enter(impostor, "ann");
                assertEquals("ann is here already; come back with another name.\n", impostor.rest());
            }
            assertEquals("* ann has left", watcher.line());
            try (var ann = server.connect()) {
                enter(ann, "ann");
                assertEquals("* ann has come", watcher.line());
            }
        }
    }
}
