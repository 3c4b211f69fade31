using Ecart.Alerting.Targets;
using Ecart.App.Commands;
using Ecart.App.Terminal;
using Ecart.MariaDb.Delivery;
using Ecart.Streaming.Delivery;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.App.Serve;

/// <summary>One way alerts go.</summary>
internal sealed class AlertRouteOptions
{
    private const int LongestName = 32;
    private static readonly string[] AllSeverities = ["low", "medium", "high", "critical"];

    /// <summary>Its name, at most 32 of a-z, 0-9, - and _. Required. One name is one target in the whole database.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it leads: pagerduty, slack, webhook or kafka. Required.</summary>
    public AlertTargetKind? Target { get; set; }

    /// <summary>Address. Of Slack required, and secret: <c>${NAME}</c> or <c>file:/path</c>. Of a webhook required. Default for PagerDuty its own.</summary>
    public string? Url { get; set; }

    /// <summary>Integration key of PagerDuty: <c>${NAME}</c> or <c>file:/path</c>.</summary>
    public string? RoutingKey { get; set; }

    /// <summary>Key of a webhook's signature: <c>${NAME}</c> or <c>file:/path</c>.</summary>
    public string? Secret { get; set; }

    /// <summary>Brokers of the Kafka cluster.</summary>
    public string? BootstrapServers { get; set; }

    /// <summary>The alerts topic.</summary>
    public string? Topic { get; set; }

    /// <summary>Further properties of librdkafka, also SASL and TLS; <c>${NAME}</c> and <c>file:/path</c> stand for secrets.</summary>
    public Dictionary<string, string> Client { get; set; } = [];

    /// <summary>Domains whose alerts it takes. Default all.</summary>
    public List<string> Domains { get; set; } = [];

    /// <summary>Severities that it takes. Default, unless <see cref="MinimumSeverity"/> is set: those that the domain's settings send to its name.</summary>
    public List<string> Severities { get; set; } = [];

    /// <summary>Least severity that it takes.</summary>
    public string? MinimumSeverity { get; set; }

    /// <summary>Whether it is told what becomes of an alert. Default true.</summary>
    public bool FollowStatus { get; set; } = true;

    /// <summary>Seconds in which alerts of one entity are told together, 0 to 86,400. Default 0: each for itself.</summary>
    public double GroupSeconds { get; set; }

    /// <summary>Most messages within <see cref="LimitSeconds"/>, over all processes, 0 to 100,000. Default 0: no limit.</summary>
    public int LimitMessages { get; set; }

    /// <summary>Seconds of the limit, 1 to 86,400. Default 60.</summary>
    public double LimitSeconds { get; set; } = 60;

    /// <summary>Messages in flight at once, 1 to 256. Default 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>Seconds for an answer, 0.1 to 120. Default 10.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Attempts after which a message is given up, 1 to 1,000. Default 20.</summary>
    public int MaximumAttempts { get; set; } = 20;

    /// <summary>Longest seconds before the second attempt, 0.01 to 3,600; doubled for each further one. Default 1.</summary>
    public double BackoffSeconds { get; set; } = 1;

    /// <summary>Longest seconds before any attempt, <see cref="BackoffSeconds"/> to 86,400. Default 300.</summary>
    public double MaximumBackoffSeconds { get; set; } = 300;

    /// <summary>Seconds that a target which fails is left alone, 0.5 to 3,600. Default 30.</summary>
    public double BreakerSeconds { get; set; } = 30;

    /// <summary>Checks the ranges.</summary>
    /// <param name="path">Where these options stand, for messages.</param>
    /// <exception cref="CommandException">A value is out of its range or missing; the message names it, never a secret.</exception>
    public void Validate(string path)
    {
        void Require<TValue>(bool holds, string name, TValue value, string range) => ServeOptions.Require(holds, $"{path}.{name}", value, range);
        bool isName = Name.Length is > 0 and <= LongestName && Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_');
        Require(isName, "name", $"'{Name}'", "1 to 32 of a-z, 0-9, - and _");
        Require(Target is not null, "target", "missing", "pagerduty, slack, webhook or kafka");
        Need(path, "routing_key", RoutingKey, Target == AlertTargetKind.PagerDuty);
        Need(path, "url", Url, Target is AlertTargetKind.Slack or AlertTargetKind.Webhook);
        Need(path, "secret", Secret, Target == AlertTargetKind.Webhook);
        Need(path, "bootstrap_servers", BootstrapServers, Target == AlertTargetKind.Kafka);
        Need(path, "topic", Topic, Target == AlertTargetKind.Kafka);
        foreach (string severity in Severities.Append(MinimumSeverity).OfType<string>())
            Require(AllSeverities.Contains(severity), Severities.Contains(severity) ? "severities" : "minimum_severity", $"'{severity}'", string.Join(", ", AllSeverities));
        if (Severities.Count > 0 && MinimumSeverity is not null) throw Wrong(path, "severities and minimum_severity exclude each other: give one.");
        if (Target == AlertTargetKind.Kafka && GroupSeconds > 0) throw Wrong(path, "group_seconds: the alerts topic has a message for each alert. Remove it.");
        Require(GroupSeconds is >= 0 and <= 86_400, "group_seconds", GroupSeconds, "0 to 86,400");
        Require(LimitMessages is >= 0 and <= 100_000, "limit_messages", LimitMessages, "0 to 100,000");
        Require(LimitSeconds is >= 1 and <= 86_400, "limit_seconds", LimitSeconds, "1 to 86,400");
        Require(Concurrency is >= 1 and <= 256, "concurrency", Concurrency, "1 to 256");
        Require(TimeoutSeconds is >= 0.1 and <= 120, "timeout_seconds", TimeoutSeconds, "0.1 to 120");
        Require(MaximumAttempts is >= 1 and <= 1000, "maximum_attempts", MaximumAttempts, "1 to 1,000");
        Require(BackoffSeconds is >= 0.01 and <= 3600, "backoff_seconds", BackoffSeconds, "0.01 to 3,600");
        Require(MaximumBackoffSeconds >= BackoffSeconds && MaximumBackoffSeconds <= 86_400, "maximum_backoff_seconds", MaximumBackoffSeconds, "backoff_seconds to 86,400");
        Require(BreakerSeconds is >= 0.5 and <= 3600, "breaker_seconds", BreakerSeconds, "0.5 to 3,600");
    }

    /// <summary>The route.</summary>
    /// <param name="path">Where these options stand, for messages.</param>
    /// <param name="dashboard">Linked in messages.</param>
    /// <exception cref="CommandException">A secret is not there.</exception>
    public AlertRoute Make(string path, Uri? dashboard)
    {
        Func<IAlertTarget> open = MakeTarget(path, dashboard);
        return new AlertRoute
        {
            Rule = new RouteRule { Name = Name, Takes = Takes, GroupWindow = TimeSpan.FromSeconds(GroupSeconds), FollowsStatus = FollowStatus },
            OpenTarget = open,
            Concurrency = Concurrency,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
            LimitMessages = LimitMessages,
            LimitPeriod = TimeSpan.FromSeconds(LimitSeconds),
            MaximumAttempts = MaximumAttempts,
            FirstBackoff = TimeSpan.FromSeconds(BackoffSeconds),
            LongestBackoff = TimeSpan.FromSeconds(MaximumBackoffSeconds),
            BreakerPause = TimeSpan.FromSeconds(BreakerSeconds),
        };
    }

    private bool Takes(OutboxAlert alert)
    {
        if (Domains.Count > 0 && !Domains.Contains(alert.Domain)) return false;
        if (Severities.Count > 0) return Severities.Contains(alert.Severity);
        if (MinimumSeverity is { } least) return Array.IndexOf(AllSeverities, alert.Severity) >= Array.IndexOf(AllSeverities, least);
        return alert.SettingsRoute == Name;
    }

    private Func<IAlertTarget> MakeTarget(string path, Uri? dashboard)
    {
        var timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        switch (Target)
        {
            case AlertTargetKind.PagerDuty:
                string key = SecretText.Resolve($"{path}.routing_key", RoutingKey!);
                Uri events = Url is null ? PagerDutyTarget.DefaultAddress : Address(path, secret: false);
                return () => new PagerDutyTarget(events, key, dashboard, timeout, TimeProvider.System);
            case AlertTargetKind.Slack:
                Uri channel = Address(path, secret: true);
                return () => new SlackTarget(channel, dashboard, timeout, TimeProvider.System);
            case AlertTargetKind.Webhook:
                Uri hook = Address(path, SecretText.IsReference(Url!));
                string secret = SecretText.Resolve($"{path}.secret", Secret!);
                return () => new WebhookTarget(hook, secret, timeout, TimeProvider.System);
            default:
                var settings = new KafkaSettings
                {
                    BootstrapServers = BootstrapServers!,
                    Client = Client.ToDictionary(
                        property => property.Key,
                        property => SecretText.IsReference(property.Value) ? SecretText.Resolve($"{path}.client.{property.Key}", property.Value) : property.Value),
                    Report = Output.Warning,
                };
                if (settings.FindFault() is { } fault) throw Wrong(path, fault);
                return () => new KafkaTarget(settings, Topic!, timeout);
        }
    }

    private Uri Address(string path, bool secret)
    {
        string text = secret ? SecretText.Resolve($"{path}.url", Url!) : Url!;
        return AlertOptions.IsAddress(text) ? new Uri(text) : throw Wrong(path, "url is no http or https address.");
    }

    private static void Need(string path, string name, string? value, bool isNeeded)
    {
        if (isNeeded && string.IsNullOrWhiteSpace(value)) throw Wrong(path, $"{name} is missing.");
    }

    private static CommandException Wrong(string path, string fault) => new($"{path}: {fault}", ExitCode.Usage);
}
