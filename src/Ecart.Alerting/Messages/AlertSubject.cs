namespace Ecart.Alerting.Messages;

/// <summary>What a message is about.</summary>
public enum AlertSubject
{
    /// <summary>Alerts of an entity.</summary>
    Alerts,

    /// <summary>The route's rate limit: messages that wait for it.</summary>
    HeldBack,

    /// <summary>Nothing: it shows that the route works.</summary>
    Test,
}
