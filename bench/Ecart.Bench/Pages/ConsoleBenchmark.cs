using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ecart.Bench.Http;
using Ecart.Bench.Pipeline;
using MySqlConnector;

namespace Ecart.Bench.Pages;

/// <summary>Pages and API of the console over a store of months: lists of alerts in every order and by every filter, and one alert with everything about it.</summary>
internal sealed class ConsoleBenchmark : IBenchmark
{
    private const double ListLimit = 150;
    private const double DetailLimit = 200;
    private const int WarmUp = 20;

    private static readonly string[] Lists =
    [
        "", "status=all", "status=all&sort=score", "status=all&sort=severity", "status=all&sort=updated", "status=new&severity=critical", "status=all&severity=critical&sort=score",
        "status=all&domain=transactions", "status=all&text=night", "status=all&text=nowhere", "status=all&from=2025-06-01&until=2025-07-01", "status=false_positive&sort=score", "assigned_to=none",
    ];

    public Command MakeCommand()
    {
        var events = new Option<int?>("--events") { Description = $"events in the store; default {ConsoleOptions.Default.Events}" };
        var alerts = new Option<int?>("--alerts") { Description = $"alerts in the store; default {ConsoleOptions.Default.Alerts}" };
        var quick = new Option<bool>("--quick") { Description = "enough to see that it works, too little for a figure to quote" };
        BoundedOption.Require(events, 1000, 100_000_000);
        BoundedOption.Require(alerts, 100, 10_000_000);
        var command = new Command("console", "The console's lists and pages over a million events and 50,000 alerts, by HTTP.") { events, alerts, quick };
        command.SetAction((arguments, cancellationToken) =>
        {
            ConsoleOptions defaults = arguments.GetValue(quick) ? ConsoleOptions.Quick : ConsoleOptions.Default;
            ConsoleOptions options = defaults with { Events = arguments.GetValue(events) ?? defaults.Events, Alerts = arguments.GetValue(alerts) ?? defaults.Alerts };
            return StoreRun.RunAsync((store, progress) => MeasureAsync(store, options, progress, cancellationToken), cancellationToken);
        });
        return command;
    }

    private static async Task<int> MeasureAsync(BenchmarkStore store, ConsoleOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await ConsoleStore.FillAsync(store, options, progress, cancellationToken);
        progress.Report("Starting the service");
        await using ServiceProcess service = await ServiceProcess.StartAsync(store.ConnectionString, cancellationToken);
        using var pages = new PageTimes(service.Address, await ConsoleStore.MakeKeyAsync(store, cancellationToken));
        IReadOnlyList<long> ids = await ConsoleStore.DrawAsync(store, WarmUp + (2 * options.Requests), cancellationToken);
        progress.Report("Measuring");
        var rows = new List<string[]>();
        var lists = new List<double>();
        foreach (string list in Lists)
        {
            foreach (string path in (string[])["/console/alerts?", "/v1/alerts?"])
                lists.AddRange(await RowAsync(pages, path + list, Enumerable.Repeat(path + list, WarmUp + (options.Requests / 2)), rows, cancellationToken));
        }

        double[] details = await RowAsync(pages, "/v1/alerts/{id}", ids.Take(WarmUp + options.Requests).Select(id => $"/v1/alerts/{id}"), rows, cancellationToken);
        double[] shown = await RowAsync(pages, "/console/alerts/{id}", ids.Take(WarmUp).Concat(ids.Skip(WarmUp + options.Requests)).Select(id => $"/console/alerts/{id}"), rows, cancellationToken);
        await using MySqlConnection connection = await store.ConnectAsync(cancellationToken);
        Report(
            rows, [.. lists.Order()], [.. details.Concat(shown).Order()], store.Version, await ConsoleStore.CountAsync(connection, "financial_transactions", cancellationToken),
            await ConsoleStore.CountAsync(connection, "anomaly_alerts", cancellationToken));
        return 0;
    }

    private static async Task<double[]> RowAsync(PageTimes pages, string name, IEnumerable<string> paths, List<string[]> rows, CancellationToken cancellationToken)
    {
        string[] all = [.. paths];
        await pages.MeasureAsync(all.Take(WarmUp), cancellationToken);
        double[] times = await pages.MeasureAsync(all.Skip(WarmUp), cancellationToken);
        rows.Add([name, Text(PageTimes.Percentile(times, 0.5)), Text(PageTimes.Percentile(times, 0.95)), Text(times[^1])]);
        return times;
    }

    private static void Report(List<string[]> rows, double[] lists, double[] details, string version, int events, int alerts)
    {
        double list = PageTimes.Percentile(lists, 0.95);
        double detail = PageTimes.Percentile(details, 0.95);
        ReportTable.Write(
            string.Create(CultureInfo.InvariantCulture, $"MariaDB {version}, {events:N0} events, {alerts:N0} alerts, {Environment.ProcessorCount} processors; milliseconds until the whole answer"),
            ["address", "p50", "p95", "most"], rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lists: p95 {list:F1} ms, to be at most {ListLimit:F0}: {(list <= ListLimit ? "met" : "missed")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one alert: p95 {detail:F1} ms, to be at most {DetailLimit:F0}: {(detail <= DetailLimit ? "met" : "missed")}"));
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["bench"] = "console",
            ["events"] = events,
            ["alerts"] = alerts,
            ["list_p95_ms"] = Math.Round(list, 1),
            ["detail_p95_ms"] = Math.Round(detail, 1),
        }));
    }

    private static string Text(double milliseconds) => milliseconds.ToString("F1", CultureInfo.InvariantCulture);
}
