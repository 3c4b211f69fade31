namespace Ecart.Detection;

/// <summary>What an entity without a profile adds.</summary>
public sealed record NewProfileOptions
{
    /// <summary>0 to 1. Default 0: the evidence is given for information.</summary>
    public double Contribution { get; init; }
}
