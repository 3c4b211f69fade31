using Ecart.App.Commands;
using Ecart.App.Terminal;
using Ecart.Streaming.Delivery;

namespace Ecart.App.Serve;

/// <summary>Where alerts go.</summary>
internal sealed class AlertOptions
{
    /// <summary>The routes. Default none: alerts are in the store alone.</summary>
    public List<AlertRouteOptions> Routes { get; set; } = [];

    /// <summary>Where people look at alerts, linked in messages; null for nowhere.</summary>
    public string? DashboardUrl { get; set; }

    /// <summary>Hours after which an alert that was not sent is no news and expires, 0.01 to 8,760. Default 24.</summary>
    public double MaximumAgeHours { get; set; } = 24;

    /// <summary>Seconds between two looks for alerts to send, 0.05 to 60. Default 1.</summary>
    public double PollSeconds { get; set; } = 1;

    /// <summary>Checks the ranges and every route.</summary>
    /// <exception cref="CommandException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        ServeOptions.Require(MaximumAgeHours is >= 0.01 and <= 8760, "alerts.maximum_age_hours", MaximumAgeHours, "0.01 to 8,760");
        ServeOptions.Require(PollSeconds is >= 0.05 and <= 60, "alerts.poll_seconds", PollSeconds, "0.05 to 60");
        ServeOptions.Require(DashboardUrl is null || IsAddress(DashboardUrl), "alerts.dashboard_url", DashboardUrl, "an http or https address");
        for (int i = 0; i < Routes.Count; i++) Routes[i].Validate($"alerts.routes[{i}]");
        string? twice = Routes.GroupBy(route => route.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null) throw new CommandException($"alerts.routes: the name {twice} stands twice; one name is one target.", ExitCode.Usage);
    }

    /// <summary>What the dispatcher does.</summary>
    /// <param name="domain">The domain that is served.</param>
    /// <exception cref="CommandException">A secret is not there; the message names its setting.</exception>
    public DispatcherOptions Make(string domain) => new()
    {
        Domain = domain,
        Routes = [.. Routes.Select((route, i) => route.Make($"alerts.routes[{i}]", Dashboard))],
        MaximumAge = TimeSpan.FromHours(MaximumAgeHours),
        Interval = TimeSpan.FromSeconds(PollSeconds),
        Report = Output.Warning,
        Seed = (ulong)Environment.ProcessId ^ ((ulong)Environment.TickCount64 << 20),
    };

    /// <summary>Where people look at alerts.</summary>
    public Uri? Dashboard => DashboardUrl is { } url ? new Uri(url) : null;

    /// <summary>Whether a text is an address that HTTP can reach.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
}
