using Ecart.MariaDb.Alerts;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>What a list is asked for.</summary>
/// <param name="Filter">Which alerts.</param>
/// <param name="Sort">In which order.</param>
/// <param name="Limit">How many, 1 to 200.</param>
/// <param name="After">Where the list goes on; null: at its beginning.</param>
internal sealed record AlertListRequest(AlertFilter Filter, AlertSort Sort, int Limit, AlertPosition? After);
