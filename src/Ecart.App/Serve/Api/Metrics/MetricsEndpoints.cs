using System.Globalization;
using Ecart.App.Calibration;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Serve.Http;
using Ecart.App.Serve.Pages;
using Ecart.App.Serve.Pages.Metrics;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Metrics;

/// <summary>Daily metrics and the health of detectors: API and page. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="defaultDomain">The domain where none is named: the one that is served, whose totals are kept up.</param>
internal sealed class MetricsEndpoints(string connectionString, string defaultDomain) : IDisposable
{
    private readonly DomainMetrics metrics = new(connectionString, TimeProvider.System);

    /// <summary>Adds the endpoints, and keeps the totals up from now on.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/v1/metrics/daily", JsonAnswer.By(DailyAsync)).Allow(AccessRole.Viewer).Describe(MetricsDescriptions.Day);
        application.MapGet("/v1/metrics/health", JsonAnswer.By(HealthAsync)).Allow(AccessRole.Viewer).Describe(MetricsDescriptions.Healthy);
        application.MapGet("/console/metrics", (Delegate)ShowAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        _ = metrics.KeepUpAsync(defaultDomain);
    }

    /// <inheritdoc/>
    public void Dispose() => metrics.Dispose();

    private async Task<object> DailyAsync(HttpContext context)
    {
        MetricsReport report = await ReadAsync(context.Request).ConfigureAwait(false);
        return new { report.Domain, report.IsComplete, report.ReadAt, Days = report.Days.Select(Of) };
    }

    private async Task<object> HealthAsync(HttpContext context)
    {
        MetricsReport report = await ReadAsync(context.Request).ConfigureAwait(false);
        return new
        {
            report.Domain,
            report.IsComplete,
            report.ReadAt,
            ScoreDrift = report.Score,
            InputDrift = report.Features,
            WithoutProfile = report.Days.Select(day => new { day.Day, Share = day.WithoutProfile }),
        };
    }

    private async Task<IResult> ShowAsync(HttpContext context)
    {
        try
        {
            MetricsReport report = await ReadAsync(context.Request).ConfigureAwait(false);
            return new RazorComponentResult<MetricsPage>(new Dictionary<string, object?>
            {
                ["Language"] = Language.Of(context.Request),
                ["Principal"] = Principal.Of(context)!,
                ["Report"] = report,
                ["Domains"] = await metrics.ReadDomainsAsync(context.RequestAborted).ConfigureAwait(false),
            });
        }
        catch (CalibrationFault fault)
        {
            await AnswerWriter.WriteAsync(context.Response, JsonAnswer.ProblemOf(fault)).ConfigureAwait(false);
            return Results.Empty;
        }
    }

    private Task<MetricsReport> ReadAsync(HttpRequest request)
    {
        string domain = request.Query["domain"] is [{ Length: > 0 } named] ? named : defaultDomain;
        string text = request.Query["days"].ToString();
        if (text.Length == 0) text = "30";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            ? metrics.ReadAsync(domain, days, request.HttpContext.RequestAborted)
            : throw new CalibrationFault("days", text, "Give a whole number of days.");
    }

    private static object Of(DailyMetric day) => new
    {
        day.Day,
        day.Volume,
        day.Anomalies,
        day.AnomalyRate,
        day.Late,
        day.MeanScore,
        day.MeanFlaggedScore,
        day.WithoutProfile,
        Alerts = day.Alerts.All,
        day.Alerts.Low,
        day.Alerts.Medium,
        day.Alerts.High,
        day.Alerts.Critical,
        day.Alerts.Confirmed,
        day.Alerts.FalsePositives,
        AlertPrecision = day.Alerts.Precision,
    };
}
