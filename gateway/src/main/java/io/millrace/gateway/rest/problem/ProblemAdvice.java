package io.millrace.gateway.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns whatever ends a request early into the one error body. */
@RestControllerAdvice
public final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    public ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable cause, HttpServletRequest request, HttpServletResponse response) {
        if (cause instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        Problem problem = problemOf(cause, request);
        ProblemErrorController.remember(problem, request);
        try {
            writer.write(problem, request, response);
        } catch (IOException gone) {
            LOG.debug("The caller of request {} is gone", RequestIdFilter.idOf(request), gone);
        }
    }

    private static Problem problemOf(Throwable cause, HttpServletRequest request) {
        return switch (cause) {
            case ProblemException expected -> expected.problem();
            case HttpRequestMethodNotSupportedException wrong ->
                Problem.of(
                        ProblemKind.METHOD_NOT_ALLOWED,
                        wrong.getMethod() + " is not possible here; see the Allow header for what is.");
            case HttpMediaTypeNotSupportedException wrong ->
                Problem.of(
                        ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                        "The content type " + request.getContentType() + " is not understood here; these are: "
                                + wrong.getSupportedMediaTypes() + ".");
            case HttpMediaTypeNotAcceptableException wrong ->
                Problem.of(
                        ProblemKind.NOT_ACCEPTABLE,
                        "The answer comes as one of " + wrong.getSupportedMediaTypes()
                                + ", none of which the Accept header allows.");
            case HttpMessageNotReadableException wrong -> JsonProblems.unparsable(wrong.getCause());
            case TypeMismatchException wrong ->
                Problem.of(ProblemKind.INVALID_REQUEST, "'" + wrong.getValue() + "' is not of the right form here.");
            case IOException broken ->
                Problem.of(ProblemKind.MALFORMED_HTTP, "The request body could not be read to its end.");
            case ErrorResponse known -> ofStatus(known.getStatusCode().value(), request);
            default -> bug(cause, request);
        };
    }

    private static Problem bug(Throwable cause, HttpServletRequest request) {
        LOG.error(
                "Request {} failed: {} {}",
                RequestIdFilter.idOf(request),
                request.getMethod(),
                request.getRequestURI(),
                cause);
        return ProblemErrorController.internal();
    }

    private static Problem ofStatus(int status, HttpServletRequest request) {
        return ProblemErrorController.problemOf(status, request.getMethod() + " " + request.getRequestURI());
    }
}
