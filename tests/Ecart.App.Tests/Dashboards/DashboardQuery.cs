namespace Ecart.App.Tests.Dashboards;

/// <summary>A query of a dashboard.</summary>
/// <param name="Place">Where it stands, for people.</param>
/// <param name="Query">SQL or PromQL, with Grafana's variables and macros.</param>
internal sealed record DashboardQuery(string Place, string Query);
