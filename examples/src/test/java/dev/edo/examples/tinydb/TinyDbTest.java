package dev.edo.examples.tinydb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.examples.LocalServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TinyDbTest {
    @Test
    void whatOneConnectionSetsAllOthersGet() throws Exception {
        var database = new TinyDb();
        try (var server = new LocalServer(database::serve);
                var one = server.connect();
                var other = server.connect()) {
            one.send("GET foo\nSET a  b c\r\nSET a d\nnope\nGET a b\n");
            assertEquals("foo = bar", one.line());
            assertEquals("set a = b c; previous: none", one.line());
            assertEquals("set a = d; previous: b c", one.line());
            assertEquals("error: use GET NAME or SET NAME VALUE, not nope", one.line());
            assertEquals("error: use GET NAME or SET NAME VALUE, not GET a b", one.line());
            other.send("GET a\nGET b");
            other.endOutput();
            assertEquals("a = d\nerror: no key b\n", other.rest());
        }
    }
}
