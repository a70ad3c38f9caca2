import "./app/globals.css";
