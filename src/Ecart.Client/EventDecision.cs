namespace Ecart.Client;

/// <summary>What to do with an event.</summary>
public enum EventDecision
{
    /// <summary>Let it pass.</summary>
    Approve,

    /// <summary>Have a person look at it.</summary>
    Review,

    /// <summary>Refuse it.</summary>
    Decline,
}
