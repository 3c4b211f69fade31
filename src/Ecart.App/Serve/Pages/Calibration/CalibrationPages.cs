using System.Globalization;
using System.Text.Json;
using Ecart.App.Calibration;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api;
using Ecart.App.Serve.Http;
using Ecart.Calibration;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Calibration;
using Ecart.MariaDb.Metrics;
using Ecart.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Pages.Calibration;

/// <summary>The pages of calibration. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="defaultDomain">The domain where none is named.</param>
internal sealed class CalibrationPages(string connectionString, string defaultDomain)
{
    private const string Home = "/console/calibration";
    private const string WeightPrefix = "weight.";
    private readonly DomainCalibration calibration = new(connectionString);
    private readonly MetricsStore metrics = new(connectionString);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet(Home, Page(ShowAsync)).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapGet(Home + "/proposal", Page(ProposeAsync)).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapGet(Home + "/backtest", Page(BackTestAsync)).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapPost(Home + "/shadow", Page(ShadowAsync)).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapPost(Home + "/withdraw", Page(WithdrawAsync)).AllowPage(AccessRole.Analyst).ExcludeFromDescription();
        application.MapPost(Home + "/apply", Page(ApplyAsync)).AllowPage(AccessRole.Admin).ExcludeFromDescription();
        application.MapPost(Home + "/rollback", Page(RollBackAsync)).AllowPage(AccessRole.Admin).ExcludeFromDescription();
    }

    /// <summary>A mistake of a person's leads back with a word of it; what names nothing that there is, is a problem.</summary>
    private static RequestDelegate Page(Func<HttpContext, Task<IResult>> work) => async context =>
    {
        IResult result;
        try
        {
            result = await work(context).ConfigureAwait(false);
        }
        catch (CalibrationFault fault)
        {
            await AnswerWriter.WriteAsync(context.Response, JsonAnswer.ProblemOf(fault)).ConfigureAwait(false);
            return;
        }
        catch (OptionsException error)
        {
            await AnswerWriter.WriteAsync(context.Response, ProblemAnswer.Invalid(error.Setting ?? "severity", null, error.Message)).ConfigureAwait(false);
            return;
        }

        await result.ExecuteAsync(context).ConfigureAwait(false);
    };

    private async Task<IResult> ShowAsync(HttpContext context)
    {
        CalibrationState state = await ReadAsync(context).ConfigureAwait(false);
        var view = new CalibrationView(
            state,
            await calibration.ReadVersionsAsync(state.Domain.Name, context.RequestAborted).ConfigureAwait(false),
            await calibration.CompareAsync(state, context.RequestAborted).ConfigureAwait(false));
        var language = Language.Of(context.Request);
        return new RazorComponentResult<CalibrationPage>(new Dictionary<string, object?>
        {
            ["Language"] = language,
            ["Principal"] = Principal.Of(context)!,
            ["Content"] = view,
            ["Domains"] = await metrics.ReadDomainsAsync(context.RequestAborted).ConfigureAwait(false),
            ["Done"] = DoneOf(context.Request, language),
        });
    }

    private async Task<IResult> ProposeAsync(HttpContext context)
    {
        CalibrationState state = await ReadAsync(context).ConfigureAwait(false);
        CalibrationTargetKind kind = OneOf(context.Request.Query["target"], CalibrationTargetKind.Recall, "target");
        double value = Number(context.Request.Query["value"], "value");
        CalibrationForm form = OneOf(context.Request.Query["form"], CalibrationForm.Relevance, "form");
        CalibrationProposal proposal = DomainCalibration.Propose(
            state, new CalibrationTarget(kind, kind == CalibrationTargetKind.AlertsPerDay ? value : value / 100), form);
        BackTest? test = proposal.Severity is null ? null : await calibration.BackTestAsync(state, proposal.Severity, context.RequestAborted).ConfigureAwait(false);
        var view = new CandidateView(state, proposal, proposal.Severity, test);
        return Candidate(context, proposal.Severity is null ? view : view.WithCurves());
    }

    private async Task<IResult> BackTestAsync(HttpContext context)
    {
        CalibrationState state = await ReadAsync(context).ConfigureAwait(false);
        IQueryCollection query = context.Request.Query;
        SeverityOptions severity = state.Severity with
        {
            Flag = Number(query["flag"], "flag"),
            Medium = Number(query["medium"], "medium"),
            High = Number(query["high"], "high"),
            Critical = Number(query["critical"], "critical"),
            Weights =
            [
                .. query.Where(field => field.Key.StartsWith(WeightPrefix, StringComparison.Ordinal))
                    .Select(field => new EvidenceWeight { Code = field.Key[WeightPrefix.Length..], Weight = Number(field.Value, field.Key) }).Where(weight => weight.Weight != 1),
            ],
        };
        severity.Validate("severity");
        return Candidate(context, new CandidateView(state, null, severity, await calibration.BackTestAsync(state, severity, context.RequestAborted).ConfigureAwait(false)));
    }

    private async Task<IResult> ShadowAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        long id = await calibration.ShadowAsync(
            DomainOf(form["domain"]), SeveritySettings.Read(form["severity"].ToString()), form["reason"], Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return Back(form, "shadow", id);
    }

    private async Task<IResult> WithdrawAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        long id = Whole(form["candidate"], "candidate");
        await calibration.EndShadowAsync(id, false, form["reason"], Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return Back(form, "withdrawn", id);
    }

    private async Task<IResult> ApplyAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        string by = Principal.Of(context)!.Actor;
        CalibrationCandidate? candidate = form["candidate"].ToString().Length == 0
            ? null
            : await calibration.FindCandidateAsync(Whole(form["candidate"], "candidate"), context.RequestAborted).ConfigureAwait(false);
        int? expected = form["expected_version"].ToString().Length == 0 ? null : (int)Whole(form["expected_version"], "expected_version");
        int version = await calibration.ApplyAsync(
            candidate?.Domain ?? DomainOf(form["domain"]),
            SeveritySettings.Read(candidate?.Severity ?? form["severity"].ToString()),
            expected,
            candidate is null ? null : new { CandidateId = candidate.Id },
            form["reason"],
            by,
            context.RequestAborted).ConfigureAwait(false);
        if (candidate is not null) await calibration.EndShadowAsync(candidate.Id, true, form["reason"], by, context.RequestAborted).ConfigureAwait(false);
        return Back(form, "applied", version);
    }

    private async Task<IResult> RollBackAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        int version = await calibration.RollBackAsync(DomainOf(form["domain"]), null, form["reason"], Principal.Of(context)!.Actor, context.RequestAborted).ConfigureAwait(false);
        return Back(form, "rolled_back", version);
    }

    private static RazorComponentResult<CandidatePage> Candidate(HttpContext context, CandidateView view) => new(new Dictionary<string, object?>
    {
        ["Language"] = Language.Of(context.Request),
        ["Principal"] = Principal.Of(context)!,
        ["Content"] = view,
    });

    private SeeOther Back(IFormCollection form, string done, long number)
    {
        string address = FormattableString.Invariant($"{Home}?domain={Uri.EscapeDataString(DomainOf(form["domain"]))}&done={done}&number={number}");
        return new SeeOther(address);
    }

    private static string? DoneOf(HttpRequest request, Language language)
    {
        string done = request.Query["done"].ToString();
        return done.Length is > 0 and < 20 && language.TryText("calibration.done." + done) is not null && long.TryParse(request.Query["number"], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? language.Fill("calibration.done." + done, number)
            : null;
    }

    private Task<CalibrationState> ReadAsync(HttpContext context)
    {
        string days = context.Request.Query["days"].ToString();
        return calibration.ReadAsync(DomainOf(context.Request.Query["domain"]), days.Length == 0 ? 30 : (int)Math.Min(int.MaxValue, Whole(days, "days")), context.RequestAborted);
    }

    private string DomainOf(string? named) => string.IsNullOrEmpty(named) ? defaultDomain : named;

    private static double Number(string? text, string name) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        ? number
        : throw new CalibrationFault(name, text, $"{name} must be a number.");

    private static long Whole(string? text, string name) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new CalibrationFault(name, text, $"{name} must be a whole number.");

    private static TChoice OneOf<TChoice>(string? text, TChoice otherwise, string name)
        where TChoice : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        foreach (TChoice choice in Enum.GetValues<TChoice>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString()) == text) return choice;
        throw new CalibrationFault(name, text, $"{name} must be one of {string.Join(", ", Enum.GetNames<TChoice>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
    }
}
