package dev.edo.examples.tinyhttp;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The answers, whole and ready to be copied; the good ones carry the date and are made anew each second. */
final class Responses {
    static final byte[] BAD_REQUEST = error("400 Bad Request", "this is no HTTP/1.1 request");
    static final byte[] REQUEST_TIMEOUT =
            error("408 Request Timeout", "the rest of the request did not come in time");
    static final byte[] HEAD_TOO_LARGE = error("431 Request Header Fields Too Large",
            "the head of the request does not fit into " + HttpConnection.BUFFER_BYTES + " bytes");
    static final byte[] NO_CHUNKS = error("501 Not Implemented", "send the body with a Content-Length");

    /** RFC 9110, 5.6.7: a day has two digits there, and one or two in RFC_1123_DATE_TIME. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private static final byte[] NOT_FOUND =
            response("404 Not Found", "", "text/plain", "there is /, /plaintext and /json\n");
    private static final byte[] NOT_ALLOWED =
            response("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "text/plain", "use GET or HEAD\n");

    /** All that carry the same date. */
    private record Dated(Answer text, Answer json) {}

    /** An answer with its body, and without it for HEAD. */
    private record Answer(byte[] get, byte[] head) {}

    private volatile Dated dated = ofNow();

    /** Called once per second. */
    void renewDate() {
        dated = ofNow();
    }

    /** The answer to a request that was understood. */
    byte[] to(Request request) {
        if (!request.isGet() && !request.isHead()) {
            return NOT_ALLOWED;
        }
        var current = dated;
        var answer = switch (request.target()) {
            case ROOT, PLAINTEXT -> current.text;
            case JSON -> current.json;
            case UNKNOWN -> null;
        };
        if (answer == null) {
            return request.isHead() ? withoutBody(NOT_FOUND) : NOT_FOUND;
        }
        return request.isHead() ? answer.head : answer.get;
    }

    private static Dated ofNow() {
        String date = "Date: " + date(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n";
        return new Dated(
                answer(response("200 OK", date, "text/plain", "Hello, World!")),
                answer(response("200 OK", date, "application/json", "{\"message\":\"Hello, World!\"}")));
    }

    /** A moment of UTC, as HTTP writes it. */
    static String date(ZonedDateTime utc) {
        return HTTP_DATE.format(utc);
    }

    private static Answer answer(byte[] whole) {
        return new Answer(whole, withoutBody(whole));
    }

    private static byte[] withoutBody(byte[] whole) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] error(String status, String why) {
        return response(status, "Connection: close\r\n", "text/plain", why + "\n");
    }

    private static byte[] response(String status, String headers, String type, String body) {
        String text = "HTTP/1.1 " + status + "\r\nServer: edo\r\n" + headers + "Content-Type: " + type
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
