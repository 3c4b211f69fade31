using System.Text.Json;
using Ecart.Eval.Running;

namespace Ecart.Eval.Nab;

/// <summary>What detections and omissions are worth to a kind of user.</summary>
/// <param name="Name">Such as <c>standard</c>.</param>
/// <param name="TruePositive">Reward of a window that is found at its first point.</param>
/// <param name="FalsePositive">Cost of a detection far from every window.</param>
/// <param name="FalseNegative">Cost of a window that is not found.</param>
internal sealed record NabProfile(string Name, double TruePositive, double FalsePositive, double FalseNegative)
{
    /// <summary>The benchmark's own three.</summary>
    public static IReadOnlyList<NabProfile> Published { get; } =
    [
        new("standard", 1, 0.11, 1),
        new("reward_low_FP_rate", 1, 0.22, 1),
        new("reward_low_FN_rate", 1, 0.11, 2),
    ];

    /// <summary>The published profiles with the weights of a <c>profiles.json</c>, or as published where there is no such file.</summary>
    /// <exception cref="EvaluationException">The file lacks one of them, or is no JSON of that form.</exception>
    public static IReadOnlyList<NabProfile> Load(string path)
    {
        if (!File.Exists(path)) return Published;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. Published.Select(profile => Read(profile.Name, document.RootElement.GetProperty(profile.Name).GetProperty("CostMatrix")))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EvaluationException($"{path} does not hold the weights of {string.Join(", ", Published.Select(profile => profile.Name))}: {error.Message}");
        }
    }

    private static NabProfile Read(string name, JsonElement costs) =>
        new(name, costs.GetProperty("tpWeight").GetDouble(), costs.GetProperty("fpWeight").GetDouble(), costs.GetProperty("fnWeight").GetDouble());
}
