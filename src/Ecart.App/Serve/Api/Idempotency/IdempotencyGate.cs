using System.Security.Cryptography;
using System.Text;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Http;
using Ecart.App.Terminal;
using Ecart.MariaDb.Requests;
using Ecart.MariaDb.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Ecart.App.Serve.Api.Idempotency;

/// <summary>
/// Carries a request under a key out once: the same again gets the same answer, another under the key is refused, and so is the same while it runs. Thread-safe.
/// </summary>
internal sealed class IdempotencyGate(RequestStore store)
{
    /// <summary>Header in which a program sends a key of its own.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Header that tells a kept answer.</summary>
    public const string ReplayedHeader = "Idempotent-Replay";

    /// <summary>Characters of a key, at most.</summary>
    public const int LongestKey = 255;

    /// <summary>After how long whoever carries a request out is taken for dead: far more than a request's statements may take.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private const int LongestAnswer = 4 << 20;

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        StringValues sent = context.Request.Headers[KeyHeader];
        if (sent.Count == 0 || context.GetEndpoint()?.Metadata.GetMetadata<IdempotencyRule>() is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (sent is not [{ Length: > 0 and <= LongestKey } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            ProblemAnswer invalid = ProblemAnswer.Invalid(
                KeyHeader, sent.Count == 1 ? sent[0] : null, $"{KeyHeader} must be given once, with 1 to {LongestKey} visible ASCII characters: a new UUID for each request is good.");
            await AnswerWriter.WriteAsync(context.Response, invalid).ConfigureAwait(false);
            return;
        }

        byte[] request = await HashAsync(context.Request).ConfigureAwait(false);
        RequestLookUp found = await store.ClaimAsync(
            Principal.Of(context)?.Actor ?? "", SHA256.HashData(Encoding.ASCII.GetBytes(key)), request, context.RequestAborted).ConfigureAwait(false);
        if (found.Claim is { } claim) await CarryOutAsync(context, next, claim).ConfigureAwait(false);
        else if (found.Answer is { } answer) await ReplayAsync(context.Response, answer).ConfigureAwait(false);
        else await AnswerWriter.WriteAsync(context.Response, IdempotencyProblems.Of(found.State, key)).ConfigureAwait(false);
    }

    /// <summary>The answer is kept before it is sent: whoever has it gets the same again.</summary>
    private async Task CarryOutAsync(HttpContext context, RequestDelegate next, RequestClaim claim)
    {
        IHttpResponseBodyFeature direct = context.Features.Get<IHttpResponseBodyFeature>()!;
        using var written = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(written));
        try
        {
            await claim.RunAsync(() => next(context)).ConfigureAwait(false);
            await context.Response.BodyWriter.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (RequestTakenOverException)
        {
            context.Features.Set(direct);
            await AnswerWriter.WriteAsync(context.Response, IdempotencyProblems.InFlight).ConfigureAwait(false);
            return;
        }
        catch
        {
            context.Features.Set(direct);
            await TryAsync(() => store.GiveUpAsync(claim, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }

        context.Features.Set(direct);
        ReadOnlyMemory<byte> body = written.GetBuffer().AsMemory(0, (int)written.Length);
        await TryAsync(() => SettleAsync(claim, context.Response, body)).ConfigureAwait(false);
        if (!body.IsEmpty) await direct.Stream.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private Task SettleAsync(RequestClaim claim, HttpResponse response, ReadOnlyMemory<byte> body)
    {
        if (body.Length > LongestAnswer) return store.GiveUpAsync(claim, CancellationToken.None);
        string? location = response.Headers.Location;
        return store.SettleAsync(
            claim, new RequestAnswer(response.StatusCode, response.ContentType, location, body), response.StatusCode >= StatusCodes.Status400BadRequest, CancellationToken.None);
    }

    /// <summary>The request was carried out: that its answer cannot be kept is no reason not to send it.</summary>
    private static async Task TryAsync(Func<Task> keep)
    {
        try
        {
            await keep().ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            Output.Warning($"an answer could not be kept under its {KeyHeader}: {error.Message}");
        }
    }

    private static async Task ReplayAsync(HttpResponse response, RequestAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Location is not null) response.Headers.Location = answer.Location;
        response.Headers[ReplayedHeader] = "true";
        if (answer.Body.IsEmpty) return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Hashes what is asked for, and leaves the body to be read again.</summary>
    private static async Task<byte[]> HashAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        body.Position = 0;
        request.Body = body;
        request.HttpContext.Response.RegisterForDispose(body);
        return hash.GetHashAndReset();
    }
}
