using Ecart.Domains.Network;

namespace Ecart.Eval.Network;

/// <summary>A connection with what the engine said of it before it learned it.</summary>
/// <param name="Flow">The connection.</param>
/// <param name="IsMalicious">Its label; null for none.</param>
/// <param name="RankScore">Rank score.</param>
/// <param name="Score">Score.</param>
/// <param name="IsAlert">Whether people would see it.</param>
/// <param name="Class">Class of threat; null for none.</param>
/// <param name="Reasons">Codes of its evidence with what each adds, of alerts; else empty.</param>
internal sealed record ScoredFlow(NetworkFlow Flow, bool? IsMalicious, double RankScore, double Score, bool IsAlert, string? Class, string Reasons);
