namespace Ecart.Client.Alerts;

/// <summary>What became of an action on one alert.</summary>
public enum AlertActionOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>There is no such alert.</summary>
    Missing,

    /// <summary>Somebody changed the alert since it was shown, or, of taking it, it is another's work: nothing was done.</summary>
    Conflict,
}
