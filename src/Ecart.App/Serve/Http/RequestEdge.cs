using Ecart.App.Serve.Access;
using Ecart.App.Terminal;
using Ecart.MariaDb.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ecart.App.Serve.Http;

/// <summary>The outermost part of a request: bounds its body, and turns what fails within into an answer that says nothing of the inside.</summary>
internal static class RequestEdge
{
    /// <summary>Metadata of an endpoint that bounds its body itself.</summary>
    public static object OwnBound { get; } = new();

    /// <summary>Handles a request.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint || !endpoint.Metadata.Contains(OwnBound))
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound) bound.MaxRequestBodySize = AccessGate.MaximumBody;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await AnswerWriter.WriteAsync(context.Response, ProblemOf(error)).ConfigureAwait(false);
        }
    }

    private static ProblemAnswer ProblemOf(Exception error)
    {
        switch (error)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ProblemAnswer.TooLarge($"The body is longer than {AccessGate.MaximumBody:N0} bytes: send less at a time.");
            case BadHttpRequestException or InvalidDataException:
                return ProblemAnswer.BadRequest("The request cannot be read: look at its headers and its body.");
            case { } when TransientErrors.IsTransient(error):
                return ProblemAnswer.StoreAway;
            default:
                Output.Error($"a request failed: {error}");
                return ProblemAnswer.Failed;
        }
    }
}
