-- Load for wrk: POSTs records of 100 bytes to a topic, RECORDS of them (1 or 100) in a request.
-- wrk -t1 -c16 -d10s -s docs/bench/rest.lua http://127.0.0.1:8082 -- TOPIC RECORDS
function init(args)
  local topic, records = args[1] or "bench", tonumber(args[2] or "1")
  local value = '"' .. string.rep("v", 98) .. '"'
  if records == 1 then
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = '{"value":' .. value .. '}'
  else
    wrk.headers["Content-Type"] = "application/x-ndjson"
    wrk.body = string.rep(value .. "\n", records)
  end
  wrk.method = "POST"
  wrk.path = "/v3/clusters/-/topics/" .. topic .. "/records"
  request_body = wrk.format(nil)
end

function request()
  return request_body
end
