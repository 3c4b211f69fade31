namespace Ecart.App.Serve;

/// <summary>Where a route leads.</summary>
internal enum AlertTargetKind
{
    /// <summary>PagerDuty, Events API v2.</summary>
    PagerDuty,

    /// <summary>A Slack incoming webhook.</summary>
    Slack,

    /// <summary>A program that takes signed JSON.</summary>
    Webhook,

    /// <summary>A Kafka topic.</summary>
    Kafka,
}
