package io.millrace.gateway.rest.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The container's error page: errors that did not pass through a controller get the same body. And when the container has
 * taken the answer away from a controller, because a body stopped coming, this still tells what the controller had to say.
 */
@RestController
public final class ProblemErrorController implements ErrorController {
    private static final String REMEMBERED = ProblemErrorController.class.getName();

    private final ProblemWriter writer;

    public ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    /** What the container says that went wrong, in our form. */
    @RequestMapping("/error")
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String instance = uri == null ? request.getRequestURI() : uri.toString();
        Problem problem = request.getAttribute(REMEMBERED) instanceof Problem known
                ? known
                : problemOf(status instanceof Integer code ? code : 404, instance);
        writer.write(problem, instance, request, response);
    }

    /** Keeps the problem of a request in case that its answer cannot be written where it was found. */
    static void remember(Problem problem, HttpServletRequest request) {
        request.setAttribute(REMEMBERED, problem);
    }

    static Problem problemOf(int status, String what) {
        ProblemKind kind = ProblemKind.ofStatus(status);
        return switch (kind) {
            case UNKNOWN_PATH -> Problem.of(kind, "There is nothing at " + what + ".");
            case INTERNAL -> internal();
            case MALFORMED_HTTP -> Problem.of(kind, "The request is not one that HTTP or this server allows.");
            default -> Problem.of(kind, kind.title() + ": " + what + ".");
        };
    }

    static Problem internal() {
        return Problem.of(
                ProblemKind.INTERNAL, "The gateway failed; its log has the cause under the request id of this answer.");
    }
}
