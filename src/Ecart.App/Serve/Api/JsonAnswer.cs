using System.Text.Json;
using Ecart.App.Calibration;
using Ecart.App.Serve.Http;
using Ecart.Scoring;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api;

/// <summary>Runs the work of an endpoint and answers with what it gives, or with the problem of the caller's mistake.</summary>
internal static class JsonAnswer
{
    /// <summary>An endpoint by its work.</summary>
    public static RequestDelegate By(Func<HttpContext, Task<object>> work) => async context =>
    {
        ProblemAnswer problem;
        try
        {
            object answer = await work(context).ConfigureAwait(false);
            await context.Response.WriteAsJsonAsync(answer, ApiJson.Options, context.RequestAborted).ConfigureAwait(false);
            return;
        }
        catch (CalibrationFault fault)
        {
            problem = ProblemOf(fault);
        }
        catch (OptionsException error)
        {
            problem = ProblemAnswer.Invalid(error.Setting ?? "severity", null, error.Message);
        }
        catch (JsonException error)
        {
            problem = ProblemAnswer.Invalid(error.Path is { Length: > 2 } path ? path[2..] : "body", null, $"The body cannot be read at {error.Path ?? "$"}: it must be a JSON object with the documented fields alone.");
        }

        await AnswerWriter.WriteAsync(context.Response, problem).ConfigureAwait(false);
    };

    /// <summary>The problem of a mistake.</summary>
    public static ProblemAnswer ProblemOf(CalibrationFault fault) => fault.Field is null
        ? ProblemAnswer.Missing(fault.Message)
        : ProblemAnswer.Invalid(fault.Field, fault.Value, fault.Message);

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="JsonException">It is no JSON object of the fields of <typeparamref name="TRequest"/>.</exception>
    public static async Task<TRequest> ReadAsync<TRequest>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<TRequest>(context.Request.Body, ApiJson.Options, context.RequestAborted).ConfigureAwait(false)
        ?? throw new JsonException("null", "$", null, null);
}
