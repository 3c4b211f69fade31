namespace Ecart.Alerting.Messages;

/// <summary>What a message says of its thread.</summary>
public enum AlertAction
{
    /// <summary>Something is to be looked at; also that more has come, or that it is open again.</summary>
    Trigger,

    /// <summary>A person looks at it.</summary>
    Acknowledge,

    /// <summary>It is closed: resolved, confirmed, or a false positive.</summary>
    Resolve,
}
