namespace Ecart.Domains.UserBehavior;

/// <summary>How an action ended.</summary>
public enum ActionOutcome
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was refused or failed, as a log-in with a wrong password.</summary>
    Failure,
}
