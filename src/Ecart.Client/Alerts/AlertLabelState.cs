namespace Ecart.Client.Alerts;

/// <summary>Whether the pipeline has learned from a decision.</summary>
public enum AlertLabelState
{
    /// <summary>It has.</summary>
    Taken,

    /// <summary>It will as soon as a service of the alert's domain runs.</summary>
    Waiting,
}
