namespace Ecart.Calibration;

/// <summary>What a proposal changes.</summary>
public enum CalibrationForm
{
    /// <summary>The least chance that people confirm an alert, and the model that tells it (<see cref="Scoring.RelevanceOptions"/>).</summary>
    Relevance,

    /// <summary>The score from which an event is flagged.</summary>
    Threshold,
}
