using System.Globalization;
using System.Text.Json;
using Ecart.App.Calibration;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Api.Idempotency;
using Ecart.Calibration;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Calibration;
using Ecart.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Calibration;

/// <summary>The API of calibration. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="defaultDomain">The domain where none is named: the one that is served.</param>
internal sealed class CalibrationEndpoints(string connectionString, string defaultDomain)
{
    private readonly DomainCalibration calibration = new(connectionString);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/v1/calibration", JsonAnswer.By(ShowAsync)).Allow(AccessRole.Viewer).Describe(CalibrationDescriptions.Show);
        application.MapPost("/v1/calibration/proposals", JsonAnswer.By(ProposeAsync)).Allow(AccessRole.Analyst).Describe(CalibrationDescriptions.Propose);
        application.MapPost("/v1/calibration/backtests", JsonAnswer.By(BackTestAsync)).Allow(AccessRole.Analyst).Describe(CalibrationDescriptions.Test);
        application.MapPost("/v1/calibration/candidates", JsonAnswer.By(ShadowAsync)).Allow(AccessRole.Analyst).WithIdempotency().Describe(CalibrationDescriptions.Shadow);
        application.MapPost("/v1/calibration/candidates/{id}/withdraw", JsonAnswer.By(WithdrawAsync)).Allow(AccessRole.Analyst).WithIdempotency().Describe(CalibrationDescriptions.Withdraw);
        application.MapPost("/v1/calibration/apply", JsonAnswer.By(ApplyAsync)).Allow(AccessRole.Admin).WithIdempotency().Describe(CalibrationDescriptions.Apply);
        application.MapPost("/v1/calibration/rollback", JsonAnswer.By(RollBackAsync)).Allow(AccessRole.Admin).WithIdempotency().Describe(CalibrationDescriptions.RollBack);
    }

    private async Task<object> ShowAsync(HttpContext context)
    {
        string domain = context.Request.Query["domain"] is [{ Length: > 0 } named] ? named : defaultDomain;
        CalibrationState state = await calibration.ReadAsync(domain, DaysOf(context.Request), context.RequestAborted).ConfigureAwait(false);
        return CalibrationAnswers.Of(
            state,
            await calibration.ReadVersionsAsync(domain, context.RequestAborted).ConfigureAwait(false),
            await calibration.CompareAsync(state, context.RequestAborted).ConfigureAwait(false));
    }

    private async Task<object> ProposeAsync(HttpContext context)
    {
        ProposalRequest request = await JsonAnswer.ReadAsync<ProposalRequest>(context).ConfigureAwait(false);
        CalibrationState state = await calibration.ReadAsync(request.Domain ?? defaultDomain, request.Days, context.RequestAborted).ConfigureAwait(false);
        return CalibrationAnswers.Of(state, DomainCalibration.Propose(state, (request.Target ?? new TargetRequest()).Target, request.Form));
    }

    private async Task<object> BackTestAsync(HttpContext context)
    {
        BackTestRequest request = await JsonAnswer.ReadAsync<BackTestRequest>(context).ConfigureAwait(false);
        SeverityOptions severity = SeverityOf(request.Severity);
        CalibrationState state = await calibration.ReadAsync(request.Domain ?? defaultDomain, request.Days, context.RequestAborted).ConfigureAwait(false);
        return CalibrationAnswers.Of(await calibration.BackTestAsync(state, severity, context.RequestAborted).ConfigureAwait(false));
    }

    private async Task<object> ShadowAsync(HttpContext context)
    {
        CandidateRequest request = await JsonAnswer.ReadAsync<CandidateRequest>(context).ConfigureAwait(false);
        long id = await calibration.ShadowAsync(
            request.Domain ?? defaultDomain, SeverityOf(request.Severity), request.Reason, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status201Created;
        return new { Id = id };
    }

    private async Task<object> WithdrawAsync(HttpContext context)
    {
        WithdrawRequest request = await JsonAnswer.ReadAsync<WithdrawRequest>(context).ConfigureAwait(false);
        string text = (string)context.Request.RouteValues["id"]!;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id)) throw new CalibrationFault(null, text, "A candidate is named by its number.");
        await calibration.EndShadowAsync(id, false, request.Reason, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return new { Id = id };
    }

    private async Task<object> ApplyAsync(HttpContext context)
    {
        ApplyRequest request = await JsonAnswer.ReadAsync<ApplyRequest>(context).ConfigureAwait(false);
        string by = Principal.Of(context)!.Actor;
        string domain = request.Domain ?? defaultDomain;
        SeverityOptions severity;
        if (request.CandidateId is { } id)
        {
            if (request.Severity is not null) throw new CalibrationFault("severity", null, "Give the thresholds themselves, or a candidate's number, not both.");
            CalibrationCandidate candidate = await calibration.FindCandidateAsync(id, context.RequestAborted).ConfigureAwait(false);
            (domain, severity) = (candidate.Domain, SeveritySettings.Read(candidate.Severity));
        }
        else
        {
            severity = SeverityOf(request.Severity ?? default);
        }

        object? basis = request.Basis ?? (request.CandidateId is { } shadow ? new { CandidateId = shadow } : (object?)null);
        int version = await calibration.ApplyAsync(domain, severity, request.ExpectedVersion, basis, request.Reason, by, context.RequestAborted).ConfigureAwait(false);
        if (request.CandidateId is { } ended) await calibration.EndShadowAsync(ended, true, request.Reason, by, context.RequestAborted).ConfigureAwait(false);
        return new { Domain = domain, ConfigurationVersion = version };
    }

    private async Task<object> RollBackAsync(HttpContext context)
    {
        RollbackRequest request = await JsonAnswer.ReadAsync<RollbackRequest>(context).ConfigureAwait(false);
        string domain = request.Domain ?? defaultDomain;
        int version = await calibration.RollBackAsync(domain, request.Version, request.Reason, Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return new { Domain = domain, ConfigurationVersion = version };
    }

    private static SeverityOptions SeverityOf(JsonElement severity) => severity.ValueKind == JsonValueKind.Object
        ? SeveritySettings.Read(severity.GetRawText())
        : throw new CalibrationFault("severity", null, "Give the thresholds: an object as the setting 'severity' is.");

    private static int DaysOf(HttpRequest request)
    {
        string text = request.Query["days"].ToString();
        if (text.Length == 0) return 30;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) ? days : throw new CalibrationFault("days", text, "Give a whole number of days.");
    }
}
